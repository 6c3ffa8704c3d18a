package nl.ketendata.server.delivery;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;

/**
 * The ways in which an archive is refused, in the terms of the ZIP format: the same in every
 * language.
 *
 * @param delivery name of the archive
 */
record ZipRefusals(String delivery) {
  private static final int LONGEST = 160;

  /** Most often a delivery that was cut off on its way, or another kind of file. */
  Failure broken(String dutch, String english) {
    return Failure.of(
        Code.BROKEN_ARCHIVE, delivery, new Words(printable(dutch), printable(english)));
  }

  Failure broken(String detail) {
    return broken(detail, detail);
  }

  /** Two places of the archive say different things, or one says what cannot be. */
  Failure disagrees(String where, String what) {
    return Failure.of(Code.ARCHIVE_DISAGREES, delivery, printable(where), what);
  }

  /** Bytes that belong to no file: other programs might see another archive in them. */
  Failure surplus(String where) {
    return Failure.of(Code.ARCHIVE_SURPLUS, delivery, where);
  }

  Failure split() {
    return Failure.of(Code.SPLIT_ARCHIVE, delivery);
  }

  Failure limit(Words what, Object found, Object allowed) {
    Words subject =
        new Words(printable(what.dutch()) + ": " + found, printable(what.english()) + ": " + found);
    return Failure.of(Code.ARCHIVE_LIMIT, delivery, subject, allowed.toString());
  }

  /** About one entry, whose name is shown as far as it can be. */
  Failure entry(Code code, String name, Object... more) {
    Object[] arguments = new Object[more.length + 2];
    arguments[0] = delivery;
    arguments[1] = printable(name);
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Failure.of(code, arguments);
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\p{Print}]", "?");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
