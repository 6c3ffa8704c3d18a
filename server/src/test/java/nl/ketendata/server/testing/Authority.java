package nl.ketendata.server.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Issues and revokes certificates; every authority has a key of its own. */
public final class Authority {
  public static final char[] PASSWORD = "geheim-genoeg".toCharArray();
  private static final AlgorithmIdentifier SIGNATURE =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final AtomicLong SERIAL = new AtomicLong(1_000);

  private final String name;
  private final Issued own;

  /** A certificate with its key. */
  public record Issued(X509Certificate certificate, PrivateKey key, X509Certificate issuer) {
    /** For a client or a server in Java. */
    public KeyStore keyStore() throws GeneralSecurityException, IOException {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key, PASSWORD, new Certificate[] {certificate, issuer});
      return store;
    }

    public Path pkcs12(Path file) throws GeneralSecurityException, IOException {
      try (OutputStream out = Files.newOutputStream(file)) {
        keyStore().store(out, PASSWORD);
      }
      return file;
    }

    public Path certificatePem(Path file) throws GeneralSecurityException, IOException {
      return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    public Path keyPem(Path file) throws IOException {
      return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
    }
  }

  /**
   * @param name its subject, such as {@code CN=Staat}
   */
  public Authority(String name) throws GeneralSecurityException, IOException {
    this.name = name;
    java.security.KeyPair pair = pair();
    Instant now = Instant.now();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    X509Certificate certificate =
        signed(
            name,
            pair.getPublic(),
            now.minus(Duration.ofDays(9_000)),
            now.plus(Duration.ofDays(9_000)),
            extensions,
            pair.getPrivate());
    this.own = new Issued(certificate, pair.getPrivate(), certificate);
  }

  public X509Certificate certificate() {
    return own.certificate;
  }

  public Path certificatePem(Path file) throws GeneralSecurityException, IOException {
    return own.certificatePem(file);
  }

  /** A client's certificate, valid from an hour ago until tomorrow. */
  public Issued client(String subject) throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    return client(subject, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  public Issued client(String subject, Instant from, Instant until)
      throws GeneralSecurityException, IOException {
    return issue(subject, from, until, KeyPurposeId.id_kp_clientAuth);
  }

  /** A certificate for a server at {@code localhost}, and not for a client. */
  public Issued server() throws GeneralSecurityException, IOException {
    Instant now = Instant.now();
    return issue(
        "CN=localhost",
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(1)),
        KeyPurposeId.id_kp_serverAuth);
  }

  private Issued issue(String subject, Instant from, Instant until, KeyPurposeId purpose)
      throws GeneralSecurityException, IOException {
    java.security.KeyPair pair = pair();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1")
    };
    extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return new Issued(
        signed(subject, pair.getPublic(), from, until, extensions, own.key),
        pair.getPrivate(),
        own.certificate);
  }

  /** Its list of revoked certificates, in PEM. */
  public String revoked(Instant until, X509Certificate... certificates)
      throws GeneralSecurityException, IOException {
    V2TBSCertListGenerator list = new V2TBSCertListGenerator();
    list.setSignature(SIGNATURE);
    list.setIssuer(new X500Name(name));
    Time begin = new Time(Date.from(until.minus(Duration.ofDays(30))));
    list.setThisUpdate(begin);
    list.setNextUpdate(new Time(Date.from(until)));
    for (X509Certificate each : certificates) {
      list.addCRLEntry(new ASN1Integer(each.getSerialNumber()), begin, 1);
    }
    return pem("X509 CRL", signed(list.generateTBSCertList(), own.key));
  }

  private X509Certificate signed(
      String subject,
      PublicKey key,
      Instant from,
      Instant until,
      ExtensionsGenerator extensions,
      PrivateKey with)
      throws GeneralSecurityException, IOException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(SERIAL.incrementAndGet())));
    generator.setIssuer(new X500Name(name));
    generator.setSubject(new X500Name(subject));
    generator.setStartDate(new Time(Date.from(from)));
    generator.setEndDate(new Time(Date.from(until)));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    generator.setSignature(SIGNATURE);
    generator.setExtensions(extensions.generate());
    byte[] bytes = signed(generator.generateTBSCertificate(), with);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  private static byte[] signed(ASN1Encodable content, PrivateKey with)
      throws GeneralSecurityException, IOException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(with);
    signature.update(content.toASN1Primitive().getEncoded("DER"));
    ASN1EncodableVector whole = new ASN1EncodableVector();
    whole.add(content);
    whole.add(SIGNATURE);
    whole.add(new DERBitString(signature.sign()));
    return new DERSequence(whole).getEncoded("DER");
  }

  private static java.security.KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(String kind, byte[] bytes) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
