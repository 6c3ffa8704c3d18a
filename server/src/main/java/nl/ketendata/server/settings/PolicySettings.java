package nl.ketendata.server.settings;

import java.time.Duration;

/**
 * What those see who may not see all, and how long is kept what they did.
 *
 * @param smallestGroup {@code policy.smallest-group}: an analist-beperkt reads no group of fewer
 *     people; 5
 * @param auditKept {@code policy.audit-kept}: how long lines of the audit log are kept, in whole
 *     months; {@code 366d}
 */
public record PolicySettings(int smallestGroup, Duration auditKept) {}
