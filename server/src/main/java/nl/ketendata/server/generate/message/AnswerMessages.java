package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 319: requests that are rejected or looked into. */
public final class AnswerMessages {
  private static final String REJECTED = "1";
  private static final String IN_RESEARCH = "2";
  private static final String OTHER_GEMEENTE_PAYS = "8";
  private static final List<String> REASONS = List.of("1", "2", "3", "4", "4", "6", "7", "9");

  private final World world;
  private final Outgoing outgoing;
  private final Outgoing.Child answer;
  private final Cell reference;
  private final Cell verdict;
  private final Cell reason;
  private final Optional<Outgoing.Child> residence;
  private final List<String> gemeenten;

  public AnswerMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "319", "320", "Antwoord");
    answer = outgoing.child("Antwoord");
    reference = answer.sheet().cell("ReferentieAanbieder");
    verdict = answer.sheet().cell("VerzoekAntwoord");
    reason = answer.sheet().cell("RedenAfwijzingVerzoek");
    residence = outgoing.childIfAny("Woonplaatsbeginsel");
    gemeenten =
        world.catalogue().codeList("CBS_Gemeentecode").stream()
            .flatMap(list -> list.codes().stream())
            .toList();
  }

  /** Says that a request is being looked into. */
  public Optional<Verdict> research(Moment now, Provider provider, int request) {
    begin(now, provider, request);
    verdict.text(IN_RESEARCH);
    outgoing.add(answer);
    return outgoing.send(now);
  }

  /** Rejects a request; for youth sometimes because another gemeente has to pay. */
  public Optional<Verdict> reject(Moment now, Provider provider, int request) {
    begin(now, provider, request);
    verdict.text(REJECTED);
    boolean elsewhere = residence.isPresent() && world.dice().chance(0.3);
    reason.text(elsewhere ? OTHER_GEMEENTE_PAYS : world.dice().pick(REASONS));
    String id = outgoing.add(answer);
    if (elsewhere) {
      residence.ifPresent(child -> addResidence(child, id));
    }
    return outgoing.send(now);
  }

  private void begin(Moment now, Provider provider, int request) {
    outgoing.begin(now, world.gemeente(), provider.code());
    reference.text(world.pseudonyms().reference(provider.code(), request));
  }

  private void addResidence(Outgoing.Child child, String answerId) {
    child.sheet().cell("Antwoord_Id").text(answerId);
    child.sheet().cell("Gemeente").text(world.dice().pick(gemeenten));
    outgoing.add(child);
  }
}
