package nl.ketendata.server.ingest;

import java.time.LocalDate;
import java.util.List;

/**
 * What became of a delivery.
 *
 * @param levering the delivery's file name
 * @param gemeente such as {@code GM9030}
 * @param product such as {@code ijw}
 * @param nummer its number; that of the first time for a delivery that was known already
 * @param versie the version that holds it
 * @param alBekend whether the same delivery was taken in before; then nothing changed
 * @param bestanden one line per known file
 * @param onbekendeBestanden files that no table is for; passed over
 * @param ontbrekendeBestanden tables that no file came for
 * @param gaten weeks without a delivery between the first and the last one
 * @param seconden how long it took
 */
public record Report(
    String levering,
    String gemeente,
    String product,
    long nummer,
    long versie,
    boolean alBekend,
    List<FileReport> bestanden,
    List<String> onbekendeBestanden,
    List<String> ontbrekendeBestanden,
    List<Gap> gaten,
    double seconden) {

  /**
   * What became of one file.
   *
   * @param gelezen rows read, refused ones included
   * @param toegevoegd rows with a new key
   * @param bekend rows that were there already
   * @param vervangen rows that took the place of older content
   * @param overstemd rows that newer content stands above
   * @param geweigerd rows that could not be placed
   * @param geweigerdeWaarden values that do not fit their column
   * @param scheidingsteken the character found between fields
   * @param vorm what else was found of how the file is written
   * @param onbekendeKolommen columns that the catalogue lacks; kept as text
   * @param ontbrekendeKolommen columns that the file lacks; null
   * @param bevindingen what stands out in the rows that were taken
   * @param redenen the first rows and values that were turned away; all of them are kept
   * @param seconden how long it took to load, unpacking not counted
   */
  public record FileReport(
      String bestand,
      String tabel,
      long gelezen,
      long toegevoegd,
      long bekend,
      long vervangen,
      long overstemd,
      long geweigerd,
      long geweigerdeWaarden,
      String scheidingsteken,
      Form vorm,
      List<String> onbekendeKolommen,
      List<String> ontbrekendeKolommen,
      List<Finding> bevindingen,
      List<Reason> redenen,
      double seconden) {

    /** The same, with the time that it took. */
    FileReport after(double took) {
      return new FileReport(
          bestand,
          tabel,
          gelezen,
          toegevoegd,
          bekend,
          vervangen,
          overstemd,
          geweigerd,
          geweigerdeWaarden,
          scheidingsteken,
          vorm,
          onbekendeKolommen,
          ontbrekendeKolommen,
          bevindingen,
          redenen,
          took);
    }
  }

  /**
   * How a file is written, as it was found or laid down.
   *
   * @param codering such as {@code UTF-8}
   * @param regeleinde such as {@code CRLF}
   * @param datums such as {@code dd-mm-jjjj}; empty when the first rows showed none
   * @param decimaalteken the sign in numbers with zeros behind it; empty when there was none
   */
  public record Form(String codering, String regeleinde, String datums, String decimaalteken) {
    /** Of an empty file. */
    static final Form NONE = new Form("", "", "", "");
  }

  /**
   * Why a row or a value was turned away.
   *
   * @param regel line in the file, from 1
   * @param kolom column of the value; empty when it was the whole row
   * @param waarde the value or row as it was delivered, cut when it is long
   * @param code such as {@code KD203}
   * @param reden in Dutch
   */
  public record Reason(long regel, String kolom, String waarde, String code, String reden) {}

  /**
   * What stands out in rows that were taken: lengths, code lists, values that must be there.
   *
   * @param voorbeeld row key of one of them
   */
  public record Finding(
      String kolom, String code, String omschrijving, long aantal, String voorbeeld) {}

  /** Days on which no weekly delivery came. */
  public record Gap(LocalDate van, LocalDate tot) {}

  /** Rows read in all files. */
  public long rowsRead() {
    return bestanden.stream().mapToLong(FileReport::gelezen).sum();
  }

  /** Rows refused in all files. */
  public long rowsRefused() {
    return bestanden.stream().mapToLong(FileReport::geweigerd).sum();
  }
}
