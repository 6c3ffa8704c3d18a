package nl.ketendata.server.failure;

/**
 * Every failure of this server. The first digit is the group: 1 delivery, 2 ingest, 3 store, 4
 * query, 5 protocol, 6 identity, 7 settings, 9 ours. The texts are in {@code failures_nl} and
 * {@code failures_en}.
 */
public enum Code {
  BROKEN_ARCHIVE("KD101", Kind.USER, 422, "22000"),
  ARCHIVE_LIMIT("KD102", Kind.USER, 422, "22000"),
  HOSTILE_ENTRY("KD103", Kind.USER, 422, "22000"),
  DOUBLE_FILE("KD104", Kind.USER, 422, "22000"),
  DELIVERY_NAME("KD105", Kind.USER, 422, "22000"),
  OTHER_PRODUCT("KD106", Kind.USER, 422, "22000"),
  NOTHING_KNOWN("KD107", Kind.USER, 422, "22000"),
  OTHER_BYTES("KD108", Kind.USER, 409, "22000"),
  NO_SUCH_FILE("KD109", Kind.USER, 404, "22000"),

  WRONG_HEADER("KD201", Kind.USER, 422, "22000"),
  ROW_KEY("KD202", Kind.USER, 422, "22000"),
  VALUE("KD203", Kind.USER, 422, "22000"),
  OTHER_GEMEENTE("KD204", Kind.USER, 422, "22000"),
  PLAIN_BSN("KD205", Kind.USER, 422, "22000"),
  TOO_MANY_REFUSED("KD206", Kind.USER, 422, "22000"),
  FIELD_COUNT("KD207", Kind.USER, 422, "22000"),
  QUOTING("KD208", Kind.USER, 422, "22000"),
  ENCODING("KD209", Kind.USER, 422, "22000"),
  DOUBLE_KEY("KD210", Kind.USER, 422, "22000"),
  UNREADABLE_CSV("KD211", Kind.USER, 422, "22000"),
  UNCLEAR_DELIMITER("KD212", Kind.USER, 422, "22000"),
  FOREIGN_ENCODING("KD213", Kind.USER, 422, "22000"),
  UNCLEAR_FORM("KD214", Kind.USER, 422, "22000"),
  ROW_TOO_LONG("KD215", Kind.USER, 422, "22000"),
  TOO_LONG("KD220", Kind.USER, 422, "22000"),
  NOT_IN_CODE_LIST("KD221", Kind.USER, 422, "22000"),
  VALUE_ABSENT("KD222", Kind.USER, 422, "22000"),
  PARENT_ABSENT("KD223", Kind.USER, 422, "22000"),

  DISK_SPACE("KD301", Kind.RESOURCE, 507, "53100"),
  STORE_DAMAGED("KD302", Kind.INTERNAL, 503, "58030"),
  STORE_NEWER("KD310", Kind.USER, 503, "58030"),

  SYNTAX("KD401", Kind.USER, 400, "42000"),
  UNKNOWN_TABLE("KD402", Kind.USER, 404, "42S02"),
  UNKNOWN_COLUMN("KD403", Kind.USER, 400, "42S22"),
  READ_ONLY("KD404", Kind.USER, 405, "25006"),
  NOT_SUPPORTED("KD405", Kind.USER, 501, "0A000"),
  INVALID_QUESTION("KD406", Kind.USER, 400, "42000"),
  DATA_VALUE("KD407", Kind.USER, 400, "22000"),
  PARAMETER_VALUE("KD408", Kind.USER, 400, "22023"),
  PARAMETER_COUNT("KD409", Kind.USER, 400, "07001"),
  VERSION_GONE("KD410", Kind.USER, 410, "22000"),
  ROWS_GONE("KD411", Kind.USER, 410, "24000"),
  TOO_DEEP("KD412", Kind.USER, 400, "54001"),
  TOO_LARGE("KD413", Kind.USER, 400, "54000"),
  OUT_OF_MEMORY("KD414", Kind.RESOURCE, 503, "53200"),
  CANCELLED("KD420", Kind.USER, 503, "57014"),
  TIMED_OUT("KD421", Kind.RESOURCE, 504, "57014"),
  BUSY("KD430", Kind.RESOURCE, 503, "53000"),

  UNKNOWN_RESOURCE("KD502", Kind.USER, 404, "42S02"),
  METHOD("KD504", Kind.USER, 405, "25006"),
  NOT_ACCEPTABLE("KD505", Kind.USER, 406, "0A000"),
  NO_SUCH_ENTITY("KD506", Kind.USER, 404, "02000"),
  NOT_BUILT("KD507", Kind.USER, 501, "0A000"),
  PROTOCOL_VERSION("KD508", Kind.USER, 400, "0A000"),
  PAGE_TOKEN("KD509", Kind.USER, 400, "22000"),
  BAD_REQUEST("KD510", Kind.USER, 400, "08P01"),
  UNKNOWN_CONNECTION("KD511", Kind.USER, 404, "08003"),
  UNKNOWN_PROPERTY("KD512", Kind.USER, 400, "42S22"),
  OPTION_SYNTAX("KD513", Kind.USER, 400, "42000"),
  OPTION_VALUE("KD514", Kind.USER, 400, "42000"),
  OPTION_TYPES("KD515", Kind.USER, 400, "42000"),
  OPTION_LITERAL("KD516", Kind.USER, 400, "22000"),
  UNKNOWN_FUNCTION("KD517", Kind.USER, 400, "42000"),
  UNKNOWN_OPTION("KD518", Kind.USER, 400, "42000"),
  OPTION_TWICE("KD519", Kind.USER, 400, "42000"),
  OPTION_PLACE("KD520", Kind.USER, 400, "42000"),
  OPTION_NUMBER("KD521", Kind.USER, 400, "22000"),
  URL_ENCODING("KD522", Kind.USER, 400, "42000"),
  AFTER_COLLECTION("KD523", Kind.USER, 400, "42000"),
  COLLECTION_VALUE("KD524", Kind.USER, 400, "42000"),
  FUNCTION_ARGUMENTS("KD525", Kind.USER, 400, "42000"),
  URL_TOO_LONG("KD530", Kind.USER, 414, "54000"),
  HEADERS_TOO_LARGE("KD531", Kind.USER, 431, "54000"),

  NOT_SIGNED_IN("KD601", Kind.USER, 401, "28000"),
  UNKNOWN_ORGANISATION("KD603", Kind.USER, 404, "42S02"),
  GEMEENTE_CODE("KD604", Kind.USER, 400, "22023"),
  UNKNOWN_ROLE("KD605", Kind.USER, 400, "22023"),
  USER_EXISTS("KD606", Kind.USER, 409, "22023"),
  WEAK_PASSWORD("KD607", Kind.USER, 400, "22023"),
  TOO_MANY_FAILURES("KD608", Kind.USER, 429, "28000"),
  SIGN_IN_FILE("KD609", Kind.INTERNAL, 503, "58030"),
  USER_NAME("KD610", Kind.USER, 400, "22023"),
  TOKEN_DAYS("KD611", Kind.USER, 400, "22023"),

  SETTINGS("KD701", Kind.USER, 500, "F0000"),
  USAGE("KD702", Kind.USER, 400, "22023"),
  PORT_TAKEN("KD703", Kind.USER, 500, "F0000"),
  OPEN_BEYOND_LOOPBACK("KD704", Kind.USER, 500, "F0000"),

  INTERNAL("KD901", Kind.INTERNAL, 500, "XX000");

  private final String id;
  private final Kind kind;
  private final int httpStatus;
  private final String sqlState;

  Code(String id, Kind kind, int httpStatus, String sqlState) {
    this.id = id;
    this.kind = kind;
    this.httpStatus = httpStatus;
    this.sqlState = sqlState;
  }

  /** The code that a user sees, such as {@code KD402}. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public String sqlState() {
    return sqlState;
  }
}
