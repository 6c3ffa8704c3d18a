package nl.ketendata.server.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.ingest.csv.Layout;
import nl.ketendata.server.ingest.csv.RowFault;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.RefusedRows;
import nl.ketendata.server.store.VersionBuild;

/** Keeps and counts what of one file is turned away; the first of it also goes in the report. */
final class Refusals implements AutoCloseable {
  private static final int MOST_REASONS = 100;
  private static final int LONGEST_TEXT = 200;

  /** Stand for what differs from value to value; no name of a file or column has them. */
  private static final String LINE = "\u0001";

  private static final String VALUE = "\u0002";

  private final VersionBuild build;
  private final CsvFile file;
  private final Layout layout;
  private final Map<String, String> valueTexts = new HashMap<>();
  private final List<Report.Reason> reasons = new ArrayList<>();
  private Optional<RefusedRows> kept = Optional.empty();
  private long rows;
  private long values;

  Refusals(VersionBuild build, CsvFile file, Layout layout) {
    this.build = build;
    this.file = file;
    this.layout = layout;
  }

  /** The row that the reader stands at cannot be placed. */
  void broken(CsvRecords at) {
    row(at.line(), failure(at.fault().orElseThrow(), at), at.text());
  }

  private Failure failure(RowFault fault, CsvRecords at) {
    String line = Long.toString(at.line());
    return switch (fault) {
      case FIELD_COUNT ->
          Failure.of(
              Code.FIELD_COUNT,
              file.name(),
              line,
              Integer.toString(at.found()),
              Integer.toString(file.targets().size()));
      case QUOTING -> Failure.of(Code.QUOTING, file.name(), line);
      case ENCODING -> Failure.of(Code.ENCODING, file.name(), line, layout.encoding().shown());
      case TOO_LONG ->
          Failure.of(Code.ROW_TOO_LONG, file.name(), line, Integer.toString(CsvRecords.LONGEST));
    };
  }

  /** A row that cannot be placed. */
  void row(long line, Failure failure, String text) {
    String masked = RefusedText.masked(text);
    rows++;
    kept().row(file.name(), line, failure.code().id(), failure.getMessage(), masked);
    explain(line, "", masked, failure.code(), failure.getMessage());
  }

  /** A value that does not fit its column. */
  void value(long line, String key, String column, String text, Words expected) {
    String masked = RefusedText.masked(text);
    String reason =
        valueTexts
            .computeIfAbsent(column, name -> valueText(name, expected))
            .replace(LINE, Long.toString(line))
            .replace(VALUE, shortened(masked));
    values++;
    kept()
        .value(
            new RefusedRows.Value(
                file.name(),
                file.table().name(),
                line,
                key,
                column,
                masked,
                Code.VALUE.id(),
                reason));
    explain(line, column, masked, Code.VALUE, reason);
  }

  /** A failure in full for each of a million values would take ten times as long as the rest. */
  private String valueText(String column, Words expected) {
    return Failure.of(Code.VALUE, file.name(), LINE, column, VALUE, expected).getMessage();
  }

  private RefusedRows kept() {
    if (kept.isEmpty()) {
      kept = Optional.of(build.refused());
    }
    return kept.get();
  }

  private void explain(long line, String column, String text, Code code, String reason) {
    if (reasons.size() < MOST_REASONS) {
      reasons.add(new Report.Reason(line, column, shortened(text), code.id(), reason));
    }
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
  }

  long rows() {
    return rows;
  }

  long values() {
    return values;
  }

  /** The first rows and values that were turned away. */
  List<Report.Reason> reasons() {
    return List.copyOf(reasons);
  }

  @Override
  public void close() {
    kept.ifPresent(RefusedRows::close);
  }
}
