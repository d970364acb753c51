package io.purser.agent.template;

import io.purser.agent.template.source.FileWrite;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.TemplateContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A context that also takes files and remembers them. */
record WritingContext(TemplateContext world, List<FileWrite> written) implements TemplateContext {
    WritingContext(TemplateContext world) {
        this(world, new ArrayList<>());
    }

    @Override
    public Secret secret(SecretRequest request) {
        return world.secret(request);
    }

    @Override
    public List<String> secrets(SecretRequest.ListPath request) {
        return world.secrets(request);
    }

    @Override
    public Secret certificate(SecretRequest.PkiCert request) {
        return world.certificate(request);
    }

    @Override
    public String file(String path) {
        return world.file(path);
    }

    @Override
    public String environment(String name) {
        return world.environment(name);
    }

    @Override
    public Instant now() {
        return world.now();
    }

    @Override
    public void write(FileWrite write) {
        written.add(write);
    }
}
