package nl.ketendata.server.settings;

/**
 * What those see who may not see all.
 *
 * @param smallestGroup {@code policy.smallest-group}: an analist-beperkt reads no group of fewer
 *     people; 5
 */
public record PolicySettings(int smallestGroup) {}
