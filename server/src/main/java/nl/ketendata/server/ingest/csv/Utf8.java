package nl.ketendata.server.ingest.csv;

/**
 * Counts the characters beyond ASCII, byte by byte: those that are UTF-8 and those that are not.
 */
final class Utf8 {
  private long valid;
  private long invalid;
  private int awaited;
  private int lowest;
  private int highest;

  void take(int octet) {
    if (awaited > 0) {
      if (octet >= lowest && octet <= highest) {
        awaited--;
        lowest = 0x80;
        highest = 0xBF;
        valid += awaited == 0 ? 1 : 0;
        return;
      }
      invalid++;
      awaited = 0;
    }
    if (octet >= 0x80) {
      begin(octet);
    }
  }

  /** The first octet tells how many follow; the second may be bound further (RFC 3629). */
  private void begin(int octet) {
    lowest = 0x80;
    highest = 0xBF;
    if (octet >= 0xC2 && octet <= 0xDF) {
      awaited = 1;
    } else if (octet >= 0xE0 && octet <= 0xEF) {
      awaited = 2;
      lowest = octet == 0xE0 ? 0xA0 : lowest;
      highest = octet == 0xED ? 0x9F : highest;
    } else if (octet >= 0xF0 && octet <= 0xF4) {
      awaited = 3;
      lowest = octet == 0xF0 ? 0x90 : lowest;
      highest = octet == 0xF4 ? 0x8F : highest;
    } else {
      invalid++;
    }
  }

  void end() {
    invalid += awaited > 0 ? 1 : 0;
    awaited = 0;
  }

  /** Whether a character has begun and not ended. */
  boolean inside() {
    return awaited > 0;
  }

  long valid() {
    return valid;
  }

  long invalid() {
    return invalid;
  }
}
