package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Fills the key and the columns of the exchange, which every main file has. */
final class Exchange {
  private final World world;
  private final Cell key;
  private final Cell reference;
  private final Cell sender;
  private final Cell receiver;
  private final Cell composed;
  private final Cell received;
  private final Cell delivered;

  Exchange(World world, Sheet main) {
    this.world = world;
    key = main.key();
    reference = main.cell("Uitwisseling_Referentienummer");
    sender = main.cell("Uitwisseling_Zender");
    receiver = main.cell("Uitwisseling_Ontvanger");
    composed = main.cell("Uitwisseling_TijdstipBericht");
    received = main.cell("Uitwisseling_OntvangenGGk");
    delivered = main.cell("Uitwisseling_AfgeleverdGGk");
  }

  /**
   * Begins a message.
   *
   * @param from who really sends it
   * @param to who really receives it
   * @return its row key
   */
  String begin(Moment now, String from, String to) {
    world.keys().begin(now);
    String id = world.keys().next();
    key.text(id);
    reference.text(world.keys().reference());
    sender.text(from);
    receiver.text(to);
    composed.text(now.plus(-world.dice().between(2, 600)));
    received.text(now.plus(0));
    delivered.text(now.plus(world.dice().between(3, 2_700)));
    return id;
  }
}
