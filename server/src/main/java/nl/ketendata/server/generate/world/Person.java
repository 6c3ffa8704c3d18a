package nl.ketendata.server.generate.world;

/**
 * A client or somebody around a client. Empty text is absent.
 *
 * @param birthday day of birth
 * @param birthdayUse which part of it is unknown (COD170)
 * @param sex COD046
 * @param surname family name
 * @param prefix prefix of the family name
 * @param partnerName family name of the partner
 * @param partnerPrefix prefix of that name
 * @param firstNames first names
 * @param initials at most six letters
 * @param nameUse COD700
 */
public record Person(
    int birthday,
    String birthdayUse,
    String sex,
    String surname,
    String prefix,
    String partnerName,
    String partnerPrefix,
    String firstNames,
    String initials,
    String nameUse) {}
