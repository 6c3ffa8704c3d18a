/**
 * Turns Arrow batches into the bytes of OData's JSON, without an object per row or value.
 *
 * <p>Knows what an answer looks like; asks no questions and parses no addresses.
 */
package nl.ketendata.server.odata.json;
