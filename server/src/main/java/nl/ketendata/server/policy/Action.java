package nl.ketendata.server.policy;

/** What somebody may want to do. */
public enum Action {
  /** See which tables and columns there are. */
  DESCRIBE,
  /** Read rows as they are. */
  READ_ROWS,
  /** Read totals of groups of rows. */
  READ_AGGREGATES,
  /** Hand in a delivery. */
  HAND_IN,
  /** See which deliveries there are and what was refused in them; that may show values of rows. */
  SEE_DELIVERIES,
  /** Add, change and remove users and tokens. */
  MANAGE_USERS,
  /** Give an organisation its administrators, who then add the others. */
  APPOINT,
  /** Add and change organisations: gemeenten, products, hoofdorganisaties. */
  MANAGE_ORGANISATIONS,
  /** Read what was done, by whom and when. */
  SEE_AUDIT
}
