package nl.ketendata.schema;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A release of the iStandaarden.
 *
 * @param name such as {@code 3.2}
 * @param from first day in force
 * @param until last day in force; empty while it is
 */
public record Release(String name, LocalDate from, Optional<LocalDate> until) {}
