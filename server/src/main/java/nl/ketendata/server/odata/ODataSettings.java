package nl.ketendata.server.odata;

import nl.ketendata.server.odata.export.WorkbookExport;

/**
 * Settings of the head.
 *
 * @param pageSize rows of a page when the client says nothing
 * @param pageCap the most rows of a page, whatever the client says
 * @param sheetRows the most rows of a workbook
 */
public record ODataSettings(int pageSize, int pageCap, long sheetRows) {

  public ODataSettings(int pageSize, int pageCap) {
    this(pageSize, pageCap, WorkbookExport.MOST_ROWS);
  }

  /** Clients follow pages one by one, so that large pages make a fast feed. */
  public static final ODataSettings DEFAULT = new ODataSettings(50_000, 100_000);
}
