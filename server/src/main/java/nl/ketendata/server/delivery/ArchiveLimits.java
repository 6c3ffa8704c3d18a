package nl.ketendata.server.delivery;

/**
 * How large an archive may be; counted while unpacking, never taken from its headers.
 *
 * @param packed bytes of the archive
 * @param entries number of entries
 * @param entry bytes of one unpacked file
 * @param unpacked bytes of all unpacked files
 * @param ratio unpacked bytes per packed byte of one entry, beyond the first mebibyte
 */
public record ArchiveLimits(long packed, int entries, long entry, long unpacked, int ratio) {
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(2L << 30, 500, 8L << 30, 20L << 30, 100);
}
