package io.purser.local.store;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the embedded store, whose clock the suite moves. */
class EmbeddedStoreContractTest extends StoreContract {

    private static StoreUnderTest store;

    @BeforeAll
    static void start() throws IOException {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        EmbeddedStore embedded =
                EmbeddedStore.start(EmbeddedStore.Settings.plain().at(clock));
        StoreClient root = StoreClient.of(embedded.address(), null).as(embedded.rootToken());
        store = new StoreUnderTest() {
            @Override
            public StoreClient root() {
                return root;
            }

            @Override
            public void pass(Duration time) {
                clock.advance(time);
            }

            @Override
            public void close() {
                embedded.close();
            }
        };
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    StoreUnderTest store() {
        return store;
    }

    @Override
    JsonObject kubernetesConfig() {
        return new JsonObject().add("pem_keys", new JsonArray().add(ISSUER.publicKeyPem()));
    }
}
