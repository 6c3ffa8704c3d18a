package nl.ketendata.server.flight;

import java.time.Instant;
import java.util.Optional;
import nl.ketendata.server.policy.Caller;

/** A sign-in of a client, with the catalog of unqualified names that it chose. */
final class Session {
  private final String id;
  private final Optional<String> authorization;
  private volatile Caller caller;
  private volatile Optional<String> catalog = Optional.empty();
  private volatile Instant checked;
  private volatile Instant lastUse;
  private volatile long turn;

  /**
   * @param authorization what the client signed in with, to check it again
   */
  Session(String id, Optional<String> authorization, Caller caller, Instant now) {
    this.id = id;
    this.authorization = authorization;
    this.caller = caller;
    this.checked = now;
    this.lastUse = now;
  }

  String id() {
    return id;
  }

  Optional<String> authorization() {
    return authorization;
  }

  Caller caller() {
    return caller;
  }

  Instant checked() {
    return checked;
  }

  void checked(Caller again, Instant now) {
    caller = again;
    checked = now;
  }

  Instant lastUse() {
    return lastUse;
  }

  /** Ascends with every use, where two moments may be equal. */
  long turn() {
    return turn;
  }

  void used(Instant now, long inTurn) {
    lastUse = now;
    turn = inTurn;
  }

  Optional<String> catalog() {
    return catalog;
  }

  /**
   * @throws nl.ketendata.server.failure.Failure KD603 when it is not one of the caller's
   */
  void catalog(String chosen) {
    catalog = Optional.of(caller.organisation(chosen).id());
  }

  void noCatalog() {
    catalog = Optional.empty();
  }
}
