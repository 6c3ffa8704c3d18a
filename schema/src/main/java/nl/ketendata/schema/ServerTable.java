package nl.ketendata.schema;

/** Names of the tables that this server adds. */
public final class ServerTable {
  /** The deliveries that the data is the union of. */
  public static final String LEVERINGEN = "Leveringen";

  /** What stands out in rows that were taken. */
  public static final String BEVINDINGEN = "Bevindingen";

  /** Rows that could not be placed. */
  public static final String GEWEIGERDE_RIJEN = "Geweigerde_Rijen";

  /** Values that do not fit their column. */
  public static final String GEWEIGERDE_WAARDEN = "Geweigerde_Waarden";

  /** Older content of rows. */
  public static final String OVERSTEMDE_RIJEN = "Overstemde_Rijen";

  /** What was done with an organisation's data, by whom; for its administrator only. */
  public static final String AUDITLOG = "Auditlog";

  /** The column of the audit log by which its lines ascend. */
  public static final String AUDIT_NUMMER = "Volgnummer";

  private ServerTable() {}
}
