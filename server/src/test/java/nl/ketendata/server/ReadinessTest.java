package nl.ketendata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.admin.Health;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.store.DataFolder;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
  @TempDir private Path drive;
  private Path data;
  private TestServer server;

  @BeforeEach
  void open() throws IOException {
    data = Files.createDirectory(drive.resolve("data"));
    server = new TestServer(data);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void endsWhileTheDriveIsAwayAndBeginsAgainByItself() throws IOException {
    Readiness readiness = new Readiness(server.store(), new DataFolder(data));
    assertThat(readiness.get()).isEqualTo(Health.GOOD);

    Files.move(data, drive.resolve("elders"));
    Files.createDirectory(data);
    assertThat(readiness.get().ready()).isFalse();
    assertThat(readiness.get().reason()).startsWith("KD330 ").contains(data.toString());

    Files.delete(data);
    Files.move(drive.resolve("elders"), data);
    assertThat(readiness.get()).isEqualTo(Health.GOOD);
  }

  @Test
  void isOfNoUseToSignInWhileTheDriveIsAway() throws IOException {
    Authenticator users = new PresentUsers(new DataFolder(data), Authenticator.open(List::of));
    assertThat(users.signIn(Optional.empty(), "")).isInstanceOf(SignIn.Accepted.class);

    Files.delete(data.resolve("gemeenten"));
    assertThatThrownBy(() -> users.signIn(Optional.empty(), ""))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.DATA_GONE));
  }
}
