package nl.ketendata.server.odata;

import nl.ketendata.server.odata.edm.Metadata;
import nl.ketendata.server.odata.model.Model;

/**
 * What is the same for all versions and organisations whose tables have one shape.
 *
 * @param model the entity types
 * @param metadata the documents about them
 */
record Feed(Model model, Metadata metadata) {}
