package nl.ketendata.server.audit;

/** What is audited; nothing else is. */
public enum Act {
  /** Somebody signed in for a session. */
  AANGEMELD,
  /** Somebody ended a session. */
  AFGEMELD,
  /** Somebody could not sign in, or was made to wait. */
  AANMELDING_GEWEIGERD,
  /** Somebody who is signed in made a request; what with, is in its shape. */
  VERZOEK,
  /** Rows or totals were read. */
  GELEZEN,
  /** The role does not allow it. */
  NIET_TOEGESTAAN,
  /** An organisation was named that is not the caller's, or is none. */
  ANDERE_ORGANISATIE,
  /** A delivery was published. */
  LEVERING_GEPUBLICEERD,
  /** A delivery was handed in that had been published before. */
  LEVERING_BEKEND,
  /** A delivery was refused whole. */
  LEVERING_GEWEIGERD,
  /** The data of a gemeente was deleted, or made again from its deliveries. */
  GEGEVENS_VERWIJDERD,
  GEGEVENS_HERBOUWD,
  /** A user was added, or got another role. */
  GEBRUIKER_VASTGELEGD,
  /** A user got another password. */
  WACHTWOORD_GEWIJZIGD,
  /** A user was removed. */
  GEBRUIKER_VERWIJDERD,
  /** A token was made. */
  TOKEN_GEMAAKT,
  /** A token is good no longer. */
  TOKEN_INGETROKKEN,
  /** An organisation was added, changed or removed. */
  ORGANISATIE_GEWIJZIGD,
  /** The server began with other settings than the last time. */
  INSTELLINGEN_GEWIJZIGD,
  /** The server began to answer. */
  GESTART,
  /** The server stopped. */
  GESTOPT
}
