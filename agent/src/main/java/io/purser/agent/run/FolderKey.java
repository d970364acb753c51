package io.purser.agent.run;

import io.purser.agent.config.Delimiters;
import io.purser.agent.config.FileConfig;
import io.purser.agent.config.FileConfig.TemplateFile;
import io.purser.agent.config.TemplateFolder;
import java.util.List;

/**
 * A template that lies in a folder.
 *
 * @param key the template's name there
 */
record FolderKey(TemplateFolder folder, String key) {

    /** The absolute path of the file that it makes. */
    String destination() {
        return folder.destination() + "/" + TemplateFolder.fileOf(key);
    }

    /** Its own absolute path. */
    String path() {
        return folder.directory() + "/" + key;
    }

    /** What the user calls it. */
    String origin() {
        return folder.origin() + "/" + key;
    }

    FileTarget target() {
        return new FileTarget(new FileConfig(
                TemplateFolder.fileOf(key),
                destination(),
                folder.mode(),
                new TemplateFile(path(), origin()),
                Delimiters.DEFAULT,
                false,
                List.of(),
                null));
    }
}
