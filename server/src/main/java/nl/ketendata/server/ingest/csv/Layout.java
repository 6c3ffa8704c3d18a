package nl.ketendata.server.ingest.csv;

/**
 * How the rows of a file are laid out.
 *
 * @param delimiter the character between fields
 * @param quoted whether a double quote at the start of a field begins a quoted one
 * @param encoding how its characters are written
 * @param marked whether it begins with a byte order mark
 */
public record Layout(char delimiter, boolean quoted, Encoding encoding, boolean marked) {}
