/** Hand-made stand-ins for what a test is not about. */
package nl.ketendata.server.testing;
