package nl.ketendata.server;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.store.DataFolder;

/**
 * Asks nobody for a password while the data folder is away, for there is nothing to hold it
 * against: nobody must be told that his password is wrong, or be throttled for it.
 */
final class PresentUsers implements Authenticator {
  private final DataFolder folder;
  private final Authenticator users;

  PresentUsers(DataFolder folder, Authenticator users) {
    this.folder = folder;
    this.users = users;
  }

  /**
   * @throws nl.ketendata.server.failure.Failure KD330 when the data folder is away
   */
  @Override
  public SignIn signIn(Optional<String> authorization, String address) {
    folder.require();
    return users.signIn(authorization, address);
  }

  @Override
  public List<String> challenges() {
    return users.challenges();
  }
}
