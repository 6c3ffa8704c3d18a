/**
 * Lifelike synthetic deliveries: a simulated gemeente with clients, providers and years of traffic,
 * written as the ZIPs that a real delivery consists of. The same order gives the same bytes.
 *
 * <p>Time runs day by day; each day has a share of the wanted number of messages, and what is due
 * fills it: answers first, then what the running assignments bring, then new clients. So the number
 * is exact, the order is that of time, and only what runs is remembered.
 *
 * <p>Knows the catalogue and nothing of the server: no store, no settings, no clock.
 */
package nl.ketendata.server.generate;
