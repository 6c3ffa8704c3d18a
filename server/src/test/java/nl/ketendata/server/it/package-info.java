/**
 * The packaged program as a whole: started as a process of its own, asked by real clients.
 *
 * <p>Knows what is promised to those outside, and nothing of how it is made.
 */
package nl.ketendata.server.it;
