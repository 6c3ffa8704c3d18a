/**
 * The documents that describe the feed: {@code $metadata} as XML and JSON, and the vocabularies
 * that it refers to.
 *
 * <p>Olingo writes the CSDL. Its parser of URLs is not used (see the package above); so its model
 * lives only as long as a document is written and no thread shares it.
 */
package nl.ketendata.server.odata.edm;
