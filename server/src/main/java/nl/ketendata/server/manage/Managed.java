package nl.ketendata.server.manage;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Grants;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/**
 * Whose users somebody manages, and which of them.
 *
 * @param name in addresses
 * @param organisation identifier in upper case; empty for the installation
 * @param roles of the users that are in reach; no other user is there
 */
record Managed(String name, String organisation, Set<Role> roles) {
  /** In the place of an organisation. */
  static final String INSTALLATION = "installatie";

  /**
   * @param find an organisation by its identifier
   * @throws Failure KD603, alike for unknown and not the caller's; KD602 when the role does not
   *     allow it
   */
  static Managed of(Caller caller, String name, Function<String, Optional<Organisation>> find) {
    if (name.toLowerCase(Locale.ROOT).equals(INSTALLATION)) {
      return new Managed(
          INSTALLATION, Users.INSTALLATION, allowed(caller, Grants.installation(caller.role())));
    }
    Set<Role> anywhere = Grants.anywhere(caller.role());
    if (!anywhere.isEmpty()) {
      String id =
          find.apply(name.toUpperCase(Locale.ROOT))
              .map(Organisation::id)
              .orElseThrow(() -> Failure.of(Code.UNKNOWN_ORGANISATION, name));
      return new Managed(id, id, anywhere);
    }
    String id = caller.require(Action.MANAGE_USERS, name).id();
    return new Managed(id, id, Grants.own(caller.role()));
  }

  private static Set<Role> allowed(Caller caller, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw Failure.of(Code.NOT_ALLOWED, caller.role().id());
    }
    return roles;
  }

  /**
   * The role of this name, when it may be given here.
   *
   * @throws Failure KD605 when there is none, KD638 when it may not be given
   */
  Role role(String text) {
    Role role = Role.parse(text);
    if (!roles.contains(role)) {
      String mine = roles.stream().map(Role::id).collect(Collectors.joining(", "));
      throw Failure.of(Code.ROLE_NOT_YOURS, role.id(), mine);
    }
    return role;
  }

  /** Whether the tokens of the organisation are in reach too. */
  boolean hasTokens() {
    return roles.contains(Role.ANALIST);
  }

  boolean holds(Users.Account account) {
    return account.organisation().equals(organisation) && roles.contains(account.role());
  }

  /**
   * The user of this name, when in reach.
   *
   * @throws Failure KD622, alike for unknown and out of reach
   */
  Users.Account account(Users users, String user) {
    return users.all().stream()
        .filter(each -> each.name().equals(user))
        .filter(this::holds)
        .findFirst()
        .orElseThrow(() -> Failure.of(Code.UNKNOWN_USER, user));
  }
}
