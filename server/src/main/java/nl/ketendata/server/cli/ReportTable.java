package nl.ketendata.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import nl.ketendata.server.ingest.Report;

/** A report for people: a table with a line per file, and below a line what stands out in it. */
final class ReportTable {
  private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

  private final PrintWriter out;

  ReportTable(PrintWriter out) {
    this.out = out;
  }

  void print(Report report) {
    if (report.alBekend()) {
      out.println(report.levering() + ": al bekend als levering " + report.nummer());
      return;
    }
    out.printf(
        DUTCH,
        "%s: levering %d van %s %s, versie %d, %.1f s%n",
        report.levering(),
        report.nummer(),
        report.gemeente(),
        report.product(),
        report.versie(),
        report.seconden());
    out.printf(
        "  %-34s %11s %11s %11s %9s %9s %9s %7s%n",
        "tabel", "gelezen", "nieuw", "bekend", "vervangen", "overstemd", "geweigerd", "s");
    report.bestanden().forEach(this::print);
    if (!report.onbekendeBestanden().isEmpty()) {
      out.println("  onbekende bestanden: " + String.join(", ", report.onbekendeBestanden()));
    }
    report
        .gaten()
        .forEach(gap -> out.println("  geen levering tussen " + gap.van() + " en " + gap.tot()));
  }

  private void print(Report.FileReport file) {
    if (file.gelezen() > 0) {
      out.printf(
          DUTCH,
          "  %-34s %,11d %,11d %,11d %,9d %,9d %,9d %7.1f%n",
          file.tabel(),
          file.gelezen(),
          file.toegevoegd(),
          file.bekend(),
          file.vervangen(),
          file.overstemd(),
          file.geweigerd(),
          file.seconden());
    }
    if (file.geweigerdeWaarden() > 0) {
      out.println("    " + file.geweigerdeWaarden() + " waarden passen niet en zijn leeg gelaten");
    }
    if (!file.onbekendeKolommen().isEmpty()) {
      out.println("    onbekende kolommen: " + String.join(", ", file.onbekendeKolommen()));
    }
    if (!file.ontbrekendeKolommen().isEmpty() && file.gelezen() > 0) {
      out.println("    ontbrekende kolommen: " + String.join(", ", file.ontbrekendeKolommen()));
    }
  }
}
