package io.purser.agent.vault.openssl;

import java.security.ProviderException;
import java.security.SecureRandomSpi;

/** The kernel's random numbers, by getrandom(2). */
final class KernelRandom extends SecureRandomSpi {

    private static final long serialVersionUID = 1L;

    @Override
    protected void engineNextBytes(byte[] bytes) {
        if (!OpenSsl.random(bytes)) {
            throw new ProviderException("the kernel gives no random numbers");
        }
    }

    /** The kernel has its own. */
    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected byte[] engineGenerateSeed(int count) {
        byte[] seed = new byte[count];
        engineNextBytes(seed);
        return seed;
    }
}
