package nl.ketendata.server.settings;

import java.time.Duration;

/**
 * What one question may cost.
 *
 * @param pageSize {@code query.page-size}: rows of a page of OData when the client names no number;
 *     50,000
 * @param statement {@code query.statement-timeout}: after which a statement is cancelled; {@code
 *     60s}
 * @param export {@code query.export-timeout}: the same for an export; {@code 10m}
 * @param running {@code query.running}: places to work, shared by all organisations: threads that
 *     plan, let the engine run or write at once; twice the number of cores
 */
public record QuerySettings(int pageSize, Duration statement, Duration export, int running) {}
