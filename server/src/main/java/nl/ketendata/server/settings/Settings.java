package nl.ketendata.server.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * All settings of a server.
 *
 * <p>
 *
 * {@snippet :
 * Settings settings =
 *     new SettingsReader(Machine.here()).read(Optional.of(file), Map.of("port", "0"));
 * }
 *
 * @param data {@code data}: the folder with everything that must be kept; {@code ./data}
 * @param http how the server is reached
 * @param transport how what clients send and get is protected on its way
 * @param oidc the identity provider whose tokens are believed, if any
 * @param engine what the database engine may use
 * @param query what one question may cost
 * @param policy what those see who may not see all
 * @param deliveries how deliveries come in
 * @param feed how answers are given
 */
public record Settings(
    Path data,
    HttpSettings http,
    TransportSettings transport,
    Optional<OidcSettings> oidc,
    EngineSettings engine,
    QuerySettings query,
    PolicySettings policy,
    DeliverySettings deliveries,
    FeedSettings feed) {}
