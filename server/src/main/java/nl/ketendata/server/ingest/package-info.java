/**
 * From a delivery on disk to a published version: understands headers, loads files, judges what
 * does not fit, and reports. The fast road is the engine's; only what it turns away or flags is
 * read again here, with care.
 *
 * <p>Knows nothing of questions or protocols.
 */
package nl.ketendata.server.ingest;
