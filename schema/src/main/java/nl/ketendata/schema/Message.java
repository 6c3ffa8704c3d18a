package nl.ketendata.schema;

import java.util.List;
import java.util.Optional;

/**
 * A message of the standard.
 *
 * @param name such as {@code JW301}
 * @param domain {@code iJw}, {@code iWmo} or another one that is not delivered
 * @param code the Vektis code (COD002)
 * @param title the standard's title
 * @param kind {@code heen} or {@code retour}
 * @param direction who sends to whom
 * @param senderKind kind of organisation in {@code Header_Afzender}
 * @param receiverKind kind of organisation in {@code Header_Ontvanger}
 * @param pair the message that it answers or is answered by
 * @param purpose what it is for, in Dutch
 * @param deadline norm for sending it, with rule code; empty when there is none
 * @param releases releases of the standard that have it
 * @param delivered whether Ketendata delivers it
 * @param files the files that it becomes
 */
public record Message(
    String name,
    String domain,
    String code,
    String title,
    String kind,
    String direction,
    String senderKind,
    String receiverKind,
    Optional<String> pair,
    String purpose,
    String deadline,
    List<String> releases,
    boolean delivered,
    List<String> files) {}
