package dev.vloop.spring;

import dev.vloop.Loop;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Registers a bean of type {@link Loop} for each annotated method, before any bean is made, so that other beans can have it injected. It
 * registers texts and no code, which Spring can write down when it processes an application ahead of time.
 */
final class LoopMethodRegistrar implements BeanFactoryPostProcessor {
    /** The bean of type {@link LoopMethods}. */
    static final String METHODS = "vloopLoopMethods";

    /** Marks the definitions that come from here, so that they are not made twice: once ahead of time, and once at run time. */
    private static final String MARK = LoopMethodRegistrar.class.getName();

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (!(beans instanceof BeanDefinitionRegistry registry)) {
            return;
        }
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            Map<Method, LoopMethod> methods = type == null ? Map.of() : LoopMethods.find(type);
            if (methods.isEmpty()) {
                continue;
            }
            Set<String> seen = new HashSet<>();
            methods.forEach((method, annotation) -> {
                String describe = LoopMethods.describe(name, method);
                if (!beans.getBeanDefinition(name).isSingleton()) {
                    throw new IllegalStateException(describe + ": the bean is no singleton, but of scope '"
                            + beans.getBeanDefinition(name).getScope() + "'");
                }
                if (!seen.add(method.getName())) {
                    throw new IllegalStateException(describe + ": two loop methods of a bean have this name");
                }
                String loop = resolve(beans, LoopMethods.nameOf(name, method, annotation));
                register(registry, name, method.getName(), loop == null ? "" : loop, describe);
            });
        }
    }

    /** A context without Boot's configurer of placeholders, such as that of a slice's test, has no resolver yet, but an environment. */
    private static @Nullable String resolve(ConfigurableListableBeanFactory beans, String text) {
        return beans.hasEmbeddedValueResolver()
                ? beans.resolveEmbeddedValue(text)
                : beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class)
                        .resolvePlaceholders(text);
    }

    private static void register(
            BeanDefinitionRegistry registry, String bean, String method, String loop, String describe) {
        String owner = bean + "." + method;
        if (owner.equals(ownerOf(registry, loop)) || owner.equals(ownerOf(registry, loop + "Loop"))) {
            return;
        }
        // The environment is no definition, but has a name all the same.
        String name = registry.isBeanNameInUse(loop) && ownerOf(registry, loop) == null ? loop + "Loop" : loop;
        if (registry.isBeanNameInUse(name)) {
            String other = ownerOf(registry, name);
            throw new IllegalStateException(describe + ": there is already a bean '" + name + "'"
                    + (other == null ? "" : ", the loop of " + other) + "; give the loop another name");
        }
        RootBeanDefinition definition = new RootBeanDefinition(Loop.class);
        definition.setFactoryBeanName(METHODS);
        definition.setFactoryMethodName("loop");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, bean);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(1, method);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, loop));
        definition.setAttribute(MARK, owner);
        definition.setLazyInit(false);
        definition.setRole(BeanDefinition.ROLE_APPLICATION);
        registry.registerBeanDefinition(name, definition);
    }

    /** {@return whose loop a bean is; null if it is no loop of a method} */
    private static @Nullable String ownerOf(BeanDefinitionRegistry registry, String name) {
        return registry.containsBeanDefinition(name)
                ? (String) registry.getBeanDefinition(name).getAttribute(MARK)
                : null;
    }
}
