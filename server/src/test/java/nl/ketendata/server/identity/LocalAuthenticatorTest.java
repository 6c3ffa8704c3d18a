package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.Until;
import nl.ketendata.server.testing.Worked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthenticatorTest {
  private static final String PASSWORD = "een lang wachtwoord é";
  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));

  private final SetClock clock = new SetClock();
  private final SecureRandom random = new SecureRandom();
  @TempDir Path data;
  private Users users;
  private Tokens tokens;
  private Authenticator authenticator;

  @BeforeEach
  void build() {
    users = new Users(data, random, clock);
    tokens = new Tokens(data, random, clock);
    users.add("anna", "gm9030", Role.ANALIST, PASSWORD);
    authenticator =
        new LocalAuthenticator(
            users,
            tokens,
            id -> Optional.of(HOME).filter(home -> home.id().equals(id)),
            clock,
            random,
            2);
  }

  @Test
  void acceptsTheRightPassword() {
    assertThat(signIn(basic("anna", PASSWORD)))
        .isEqualTo(new SignIn.Accepted(new Caller("anna", Map.of("GM9030", HOME), Role.ANALIST)));
  }

  @Test
  void acceptsAPasswordWhoseLettersAreDecomposed() {
    assertThat(signIn(basic("anna", "een lang wachtwoord e\u0301")))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void refusesWrongPasswordUnknownUserAndNonsense() {
    assertThat(signIn(basic("anna", PASSWORD + "x"))).isEqualTo(new SignIn.Refused());
    assertThat(signIn(basic("bert", PASSWORD))).isEqualTo(new SignIn.Refused());
    assertThat(signIn("Basic %%%")).isEqualTo(new SignIn.Refused());
    assertThat(signIn("Bearer eyJhbGciOiJub25lIn0.e30.")).isEqualTo(new SignIn.Refused());
    assertThat(signIn("Negotiate x")).isEqualTo(new SignIn.Refused());
  }

  @Test
  void challengesWhoSendsNothing() {
    assertThat(authenticator.signIn(Optional.empty(), "::1")).isEqualTo(new SignIn.Missing());
    assertThat(signIn("Bearer")).isEqualTo(new SignIn.Missing());
    assertThat(signIn("Bearer ")).isEqualTo(new SignIn.Missing());
  }

  @Test
  void throttlesAnAccountFromAnyAddress() {
    for (int i = 0; i < 5; i++) {
      authenticator.signIn(Optional.of(basic("anna", "fout")), "10.0.0." + i);
    }

    assertThat(signIn(basic("anna", PASSWORD)))
        .isEqualTo(new SignIn.Throttled(Duration.ofSeconds(1)));
    clock.forward(Duration.ofSeconds(1));
    assertThat(signIn(basic("anna", PASSWORD))).isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void throttlesAnAddressWhateverTheAccount() {
    for (int i = 0; i < 5; i++) {
      signIn(basic("gast" + i, "fout"));
    }

    assertThat(signIn(basic("anna", PASSWORD))).isInstanceOf(SignIn.Throttled.class);
    assertThat(authenticator.signIn(Optional.of(basic("anna", PASSWORD)), "10.1.1.1"))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void doesNotThrottleWhoWasRightAMomentAgo() {
    signIn(basic("anna", PASSWORD));
    for (int i = 0; i < 9; i++) {
      signIn(basic("anna", "fout"));
    }

    assertThat(signIn(basic("anna", PASSWORD))).isInstanceOf(SignIn.Accepted.class);
    clock.forward(Duration.ofSeconds(61));
    fail(basic("anna", "fout"), 3);
    assertThat(signIn(basic("anna", PASSWORD))).isInstanceOf(SignIn.Throttled.class);
  }

  @Test
  void checksARepeatedPasswordOnce() {
    signIn(basic("anna", PASSWORD));
    Duration worked =
        Worked.on(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                signIn(basic("anna", PASSWORD));
              }
            });

    assertThat(worked).isLessThan(Duration.ofSeconds(2));
  }

  /** Each that waits holds a thread, of which there are not so many. */
  @Test
  @Timeout(120)
  void refusesAtOnceWhatWouldWaitBehindTooMany() throws Exception {
    Authenticator full =
        new LocalAuthenticator(
            users, tokens, id -> Optional.of(HOME), clock, random, 0, Duration.ofHours(1));
    List<Thread> waiting = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    for (int i = 0; i < LocalAuthenticator.WAITING; i++) {
      String user = "gok" + i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  full.signIn(Optional.of(basic(user, "mis")), user);
                } catch (Failure busy) {
                  refused.incrementAndGet();
                }
              });
      thread.start();
      waiting.add(thread);
    }
    Until.holds(
        "all wait",
        () -> waiting.stream().allMatch(each -> each.getState() == Thread.State.TIMED_WAITING));
    assertThat(refused).hasValue(0);
    refuses(Code.BUSY, () -> full.signIn(Optional.of(basic("anna", PASSWORD)), "elders"));
    for (Thread each : waiting) {
      each.interrupt();
      each.join();
    }
    assertThat(refused).hasValue(LocalAuthenticator.WAITING);
  }

  @Test
  void takesAsLongForAnUnknownUser() {
    fastest("anna");
    assertThat(fastest("niemand")).isGreaterThan(fastest("anna").dividedBy(2));
  }

  @Test
  void seesAUserThatAnotherProcessAddsAndForgetsOneThatItRemoves() throws IOException {
    assertThat(signIn(basic("bea", PASSWORD))).isEqualTo(new SignIn.Refused());

    new Users(data, random, clock).add("bea", "GM9030", Role.BEHEERDER, PASSWORD);
    assertThat(signIn(basic("bea", PASSWORD))).isInstanceOf(SignIn.Accepted.class);

    Files.writeString(data.resolve("gebruikers.json"), "[]");
    assertThat(signIn(basic("bea", PASSWORD))).isEqualTo(new SignIn.Refused());
  }

  @Test
  void showsNothingToAUserOfAnUnknownOrganisation() {
    users.add("carl", "GM1234", Role.ANALIST, PASSWORD);

    assertThat(signIn(basic("carl", PASSWORD)))
        .isEqualTo(new SignIn.Accepted(new Caller("carl", Map.of(), Role.ANALIST)));
  }

  @Test
  void acceptsATokenAsBearerAndAsPasswordOfAnyUser() {
    String token = tokens.create("power-bi", "gm9030", Role.ANALIST, 90);
    SignIn accepted =
        new SignIn.Accepted(new Caller("power-bi", Map.of("GM9030", HOME), Role.ANALIST));

    assertThat(token).matches("kdt_[A-Za-z0-9_-]{43}");
    assertThat(signIn("Bearer " + token)).isEqualTo(accepted);
    assertThat(signIn(basic("", token))).isEqualTo(accepted);
    assertThat(signIn(basic("wie dan ook", token))).isEqualTo(accepted);
    assertThat(signIn("Bearer " + token + "x")).isEqualTo(new SignIn.Refused());
  }

  @Test
  void refusesATokenThatIsExpired() {
    String token = tokens.create("power-bi", "GM9030", Role.ANALIST, 1);
    clock.forward(Duration.ofDays(1).minusSeconds(1));
    assertThat(signIn("Bearer " + token)).isInstanceOf(SignIn.Accepted.class);

    clock.forward(Duration.ofSeconds(1));
    assertThat(signIn("Bearer " + token)).isEqualTo(new SignIn.Refused());
  }

  @Test
  void refusesATokenFromTheMomentThatItIsRevokedAndNoOther() {
    String one = tokens.create("power-bi", "GM9030", Role.ANALIST, 1);
    String two = tokens.create("power-bi", "GM9030", Role.LEVERANCIER, 1);
    assertThat(signIn("Bearer " + one)).isInstanceOf(SignIn.Accepted.class);
    refuses(Code.SEVERAL_TOKENS, () -> tokens.one("power-bi"));
    refuses(Code.UNKNOWN_TOKEN, () -> tokens.one("excel"));
    refuses(Code.TOKEN_ROLE, () -> tokens.create("x", "GM9030", Role.BEHEERDER, 1));

    Tokens elsewhere = new Tokens(data, random, clock);
    Tokens.Listed analist =
        elsewhere.all().stream().filter(each -> each.role() == Role.ANALIST).findFirst().get();
    elsewhere.revoke(elsewhere.one(analist.mark()));

    assertThat(signIn("Bearer " + one)).isEqualTo(new SignIn.Refused());
    assertThat(signIn("Bearer " + two))
        .isInstanceOfSatisfying(
            SignIn.Accepted.class,
            accepted -> assertThat(accepted.caller().role()).isEqualTo(Role.LEVERANCIER));
  }

  @Test
  void tellsWhenPasswordsAndTokensWereLastUsed() {
    String token = tokens.create("power-bi", "GM9030", Role.ANALIST, 90);
    tokens.create("ongebruikt", "GM9030", Role.ANALIST, 90);
    Instant used = clock.instant();
    signIn("Bearer " + token);
    signIn(basic("anna", PASSWORD));
    clock.forward(Duration.ofHours(1));
    signIn(basic("anna", "fout"));
    users.writeUses();
    tokens.writeUses();

    Users elsewhere = new Users(data, random, clock);
    assertThat(elsewhere.account("anna").lastUsed()).contains(used);
    assertThat(new Tokens(data, random, clock).all())
        .extracting(Tokens.Listed::lastUsed)
        .containsExactly(Optional.empty(), Optional.of(used));
  }

  @Test
  void endsAOneTimePasswordThatWasNotReplacedInTime() {
    String password = users.invite("bea", "GM9030", Role.ANALIST);
    for (int again = 0; again < 2; again++) {
      SignIn result = signIn(basic("bea", password));
      assertThat(result).isInstanceOf(SignIn.ToReplace.class);
      assertThat(result.refusal().code()).isEqualTo(Code.PASSWORD_ONCE);
    }

    clock.forward(Users.ONE_TIME);
    assertThat(signIn(basic("bea", password)).refusal().code()).isEqualTo(Code.PASSWORD_OVER);
    assertThat(signIn(basic("bea", "fout"))).isEqualTo(new SignIn.Refused());

    users.choose("bea", PASSWORD);
    clock.forward(Users.ONE_TIME);
    assertThat(signIn(basic("bea", PASSWORD))).isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(basic("bea", password))).isEqualTo(new SignIn.Refused());
  }

  @Test
  void changesARoleAtOnceAndForgetsWhoIsRemoved() {
    signIn(basic("anna", PASSWORD));
    users.role("anna", Role.BEHEERDER);
    assertThat(signIn(basic("anna", PASSWORD)))
        .isInstanceOfSatisfying(
            SignIn.Accepted.class,
            accepted -> assertThat(accepted.caller().role()).isEqualTo(Role.BEHEERDER));

    String reset = users.reset("anna");
    assertThat(signIn(basic("anna", PASSWORD))).isEqualTo(new SignIn.Refused());
    assertThat(signIn(basic("anna", reset))).isInstanceOf(SignIn.ToReplace.class);
    users.remove("anna");
    assertThat(signIn(basic("anna", reset))).isEqualTo(new SignIn.Refused());
    refuses(Code.UNKNOWN_USER, () -> users.remove("anna"));
    refuses(Code.UNKNOWN_USER, () -> users.role("anna", Role.ANALIST));
    refuses(Code.UNKNOWN_USER, () -> users.reset("anna"));
  }

  @Test
  void keepsSecretsOutOfTheFilesAndTheFilesToTheOwner() throws IOException {
    String token = tokens.create("power-bi", "GM9030", Role.ANALIST, 1);
    for (String name : List.of("gebruikers.json", "tokens.json")) {
      Path file = data.resolve(name);
      assertThat(Files.readString(file)).doesNotContain(PASSWORD).doesNotContain(token);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(data.resolve("gebruikers.json")))
        .contains("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void failsClosedWhenTheFileIsBroken() throws IOException {
    Files.writeString(data.resolve("gebruikers.json"), "[{\"naam\":\"anna\"}]");

    assertThatThrownBy(() -> signIn(basic("anna", PASSWORD)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.SIGN_IN_FILE));
  }

  @Test
  void refusesUsersThatCannotBe() {
    refuses(Code.USER_EXISTS, () -> users.add("ANNA", "GM9030", Role.ANALIST, PASSWORD));
    refuses(Code.WEAK_PASSWORD, () -> users.add("dirk", "GM9030", Role.ANALIST, "veertien teken"));
    refuses(Code.USER_NAME, () -> users.add("d:rk", "GM9030", Role.ANALIST, PASSWORD));
    refuses(Code.TOKEN_DAYS, () -> tokens.create("x", "GM9030", Role.ANALIST, 0));
    refuses(Code.TOKEN_DAYS, () -> tokens.create("x", "GM9030", Role.ANALIST, 367));
  }

  @Test
  void losesNoUserWhenManyAreAddedAtOnce() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger number = new AtomicInteger();
    for (int i = 0; i < 6; i++) {
      Runnable add =
          () -> users.add("gast" + number.incrementAndGet(), "GM9030", Role.ANALIST, PASSWORD);
      threads.add(new Thread(add));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(List.of(1, 2, 3, 4, 5, 6)).allMatch(i -> users.find("gast" + i).isPresent());
  }

  @Test
  void makesPasswordsThatAreLongAndReadable() {
    assertThat(OneTimePassword.next(random))
        .matches("([a-hjkmnp-z2-9]{4}-){4}[a-hjkmnp-z2-9]{4}")
        .isNotEqualTo(OneTimePassword.next(random));
  }

  private SignIn signIn(String authorization) {
    return authenticator.signIn(Optional.of(authorization), "192.0.2.1");
  }

  private Duration fastest(String user) {
    Duration fastest = Duration.ofDays(1);
    for (int i = 0; i < 4; i++) {
      clock.forward(Duration.ofMinutes(20));
      Duration worked =
          Worked.on(() -> assertThat(signIn(basic(user, "fout"))).isEqualTo(new SignIn.Refused()));
      fastest = worked.compareTo(fastest) < 0 ? worked : fastest;
    }
    return fastest;
  }

  private void fail(String authorization, int times) {
    for (int i = 0; i < times; i++) {
      signIn(authorization);
      clock.forward(Duration.ofMillis(1));
    }
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
