package nl.ketendata.server.generate.message;

import nl.ketendata.schema.Message;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.Edition;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Fills the header of a message that is not an echo. */
final class Header {
  private final World world;
  private final Message message;
  private final Cell code;
  private final Cell version;
  private final Cell subversion;
  private final Cell sender;
  private final Cell receiver;
  private final Cell identification;
  private final Cell dated;
  private final Cell baseSchema;
  private final Cell messageSchema;

  Header(World world, Sheet main) {
    this.world = world;
    message =
        world
            .catalogue()
            .message(main.name())
            .orElseThrow(() -> new IllegalArgumentException("no message " + main.name()));
    code = main.cell("Header_BerichtCode");
    version = main.cell("Header_BerichtVersie");
    subversion = main.cell("Header_BerichtSubversie");
    sender = main.cell("Header_Afzender");
    receiver = main.cell("Header_Ontvanger");
    identification = main.cell("Header_BerichtIdentificatie_Identificatie");
    dated = main.cell("Header_BerichtIdentificatie_Dagtekening");
    baseSchema = main.cell("Header_XsdVersie_BasisschemaXsdVersie");
    messageSchema = main.cell("Header_XsdVersie_BerichtXsdVersie");
  }

  void fill(Moment now, String from, String to) {
    Edition edition = world.edition(now.day());
    code.text(message.code());
    version.number(edition.version());
    subversion.number(edition.subversion());
    sender.text(from);
    receiver.text(to);
    identification.text(world.identification(from, message.name()));
    dated.day(now.day());
    baseSchema.text(edition.baseSchema());
    messageSchema.text(edition.messageSchema());
  }
}
