/**
 * Small questions without the engine: a row by its key, a page under a simple condition, a number
 * of rows. The engine reads its columns thousands of values at a time, so that a question for a few
 * rows costs it milliseconds; here the columns that such questions use stand by row in mapped
 * files, and what a column equals leads to its rows directly.
 *
 * <p>Those files are made from a version by the running server, beside its other work, once a
 * question has been asked a few times; nothing of them outlives it. A version never changes, so
 * neither do they. Whatever is not here (yet) is the engine's: the answers are the same, row for
 * row.
 *
 * <p>Knows the store, whose versions it reads, and no algebra: a {@link
 * nl.ketendata.server.lookup.Lookup} comes from a plan to which policy was applied already.
 */
package nl.ketendata.server.lookup;
