/** Hand-made stand-ins for the server's own interfaces. */
package nl.ketendata.server.testing;
