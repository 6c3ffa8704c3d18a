package nl.ketendata.server.intake;

/**
 * How far a delivery is.
 *
 * @param levering its file name
 * @param fase {@code ontvangen}, {@code verwerken}, {@code klaar} or {@code geweigerd}
 * @param stap what is being done: the name of a file; the code when it was refused
 * @param bytes handled in this phase
 * @param totaal to be handled in this phase; 0 when nobody knows
 * @param rijen read so far
 * @param seconden since this phase began
 * @param bytesPerSeconde since this phase began
 * @param secondenOver to the end of this phase, at this rate; 0 when nobody knows
 */
public record Step(
    String levering,
    String fase,
    String stap,
    long bytes,
    long totaal,
    long rijen,
    double seconden,
    long bytesPerSeconde,
    long secondenOver) {}
