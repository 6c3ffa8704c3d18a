package nl.ketendata.server.intake;

import java.nio.file.Path;

/**
 * @param data the data folder
 * @param most bytes of a delivery
 * @param open whether the server is open to everyone on this computer; then nothing is taken in
 *     over HTTP
 */
public record IntakeSettings(Path data, long most, boolean open) {}
