/**
 * The second port, for those who keep the server running: is it alive, is it ready, how is it
 * doing. Shows no data and knows no head.
 */
package nl.ketendata.server.admin;
