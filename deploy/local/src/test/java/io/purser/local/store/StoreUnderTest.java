package io.purser.local.store;

import java.io.IOException;
import java.time.Duration;

/** A store that the contract is checked against. */
public interface StoreUnderTest extends AutoCloseable {

    /** A caller with the root token. */
    StoreClient root();

    /** Lets the store's time pass: by moving its clock, or by waiting. */
    void pass(Duration time) throws IOException;

    @Override
    void close();
}
