/**
 * Reads OData addresses and query options into questions.
 *
 * <p>The grammar is our own, not Olingo's parser: that one lacks {@code divby} and every option
 * without {@code $}, checks no dates, overflows the stack on 2 kB of parentheses and names no
 * position in its errors. Reading straight into {@link nl.ketendata.server.question.Expression}
 * costs less than translating its tree would, and every limit is kept while reading instead of by a
 * scan before.
 *
 * <p>What is not built answers 501 and names itself, never a set that is too large. It is:
 *
 * <ul>
 *   <li>{@code $all} and {@code $crossjoin}: relations are navigations, and free joins have SQL;
 *   <li>{@code $each}, {@code $index}: for writing;
 *   <li>{@code $root}, and {@code $it} where the row has no path back to it (through a parent and
 *       down again): no expression can name such a row yet;
 *   <li>{@code cast} to a type that no column has, {@code INF}, {@code NaN}, geography, collections
 *       of values ({@code hassubset} and the like): there are no such values;
 *   <li>in {@code $apply}: methods of one's own, hierarchies, {@code join}, {@code nest} and {@code
 *       expand} as transformations, {@code Nav/aggregate(…)}, {@code $these}, to group by a whole
 *       parent, {@code from} for one of several values; inside an expand also {@code concat},
 *       {@code rollup} and steps behind {@code aggregate}, and an expand of rows that are groups:
 *       each would need rows that the statement for all outer rows together does not have.
 * </ul>
 *
 * <p>Knows no HTTP and no data: a table that exists is all that it asks of the model.
 */
package nl.ketendata.server.odata.uri;
