package io.purser.local;

import picocli.CommandLine.IVersionProvider;

/** What {@code ./purser --version} prints: the version of the webhook that it has. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"purser " + io.purser.webhook.cli.Version.number()};
    }
}
