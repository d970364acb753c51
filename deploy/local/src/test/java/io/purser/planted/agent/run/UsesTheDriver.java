package io.purser.planted.agent.run;

import com.bettercloud.vault.VaultConfig;

/** The store's driver outside its edge. */
public record UsesTheDriver(VaultConfig config) {}
