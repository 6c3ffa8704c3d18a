/**
 * From a delivery on disk to a published version: understands headers, loads files, judges what
 * does not fit, and reports. The fast road is the engine's; only what it turns away or flags is
 * read again here, with care.
 *
 * <p>The data is the union of the deliveries, in whatever order and however often they came. The
 * same are then: the rows of every table of the standard in all columns but {@code Levering_Nummer}
 * and {@code Levering_GeladenOp} (a delivery that brings what is there already changes no row, so
 * which one a row is from depends on which came first); the content in {@code Overstemde_Rijen} and
 * the name of the delivery that it is from; what is in {@code Geweigerde_Rijen} and {@code
 * Geweigerde_Waarden}, by the delivery's name; and what {@code Bevindingen} count. Of one row the
 * delivery with the latest moment in its name holds; of equal moments that with the greater name.
 * {@code --vervang} is an order of its own: it makes void what came before it.
 *
 * <p>Knows nothing of questions or protocols.
 */
package nl.ketendata.server.ingest;
