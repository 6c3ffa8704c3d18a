/**
 * The web server: limits, routing, sign-in, errors. Offers {@link nl.ketendata.server.http.Head},
 * which protocol heads implement; knows none of them.
 */
package nl.ketendata.server.http;
