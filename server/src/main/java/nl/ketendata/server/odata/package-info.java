/**
 * The OData v4 head: {@code /odata/{organisation}/{product}/}.
 *
 * <p>An address becomes a question ({@code uri}), the question's rows become JSON ({@code json});
 * {@code edm} describes the feed. Here is what lies between: negotiation, paging, headers, errors.
 * Must not know stores or algebra: everything is asked through {@link
 * nl.ketendata.server.query.Door}.
 *
 * <p>{@code batch} takes requests apart that hold others; {@code export} writes rows as CSV,
 * workbook or Arrow. The version in every token makes that a walk, and what has changed since it,
 * are about one state of the data each.
 *
 * <p>Olingo writes the metadata documents and nothing else. Its dispatcher answers relative
 * addresses, Atom to browsers and errors without code; its serializer is several times slower than
 * ours; for its parser see {@code uri}.
 */
package nl.ketendata.server.odata;
