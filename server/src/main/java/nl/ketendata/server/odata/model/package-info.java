/**
 * The tables and links of a scope as OData sees them: entity types with properties and navigations.
 *
 * <p>Knows no wire format and no library.
 */
package nl.ketendata.server.odata.model;
