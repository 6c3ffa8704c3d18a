/** Stand-ins for what tests must control. */
package nl.ketendata.server.testing;
