package io.purser.local.store;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the embedded store. */
class EmbeddedStoreContractTest extends StoreContract {

    private static StoreUnderTest store;

    @BeforeAll
    static void start() throws IOException {
        store = new EmbeddedUnderTest();
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
