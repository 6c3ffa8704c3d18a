package nl.ketendata.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** A key with its certificate, made by the JDK's own tool. */
public final class KeyPair {
  public static final String PASSWORD = "geheim-genoeg";

  private KeyPair() {}

  /**
   * A PKCS#12 file for {@code localhost}; what was made before is kept.
   *
   * @param name of the key, the subject and, with {@code .p12}, the file
   */
  public static Path pkcs12(Path folder, String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    if (Files.exists(file)) {
      return file;
    }
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }
}
