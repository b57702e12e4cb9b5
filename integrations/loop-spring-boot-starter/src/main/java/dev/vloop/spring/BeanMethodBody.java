package dev.vloop.spring;

import dev.vloop.Iteration;
import dev.vloop.LoopBody;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;

/**
 * Calls a method of a bean. It asks for the bean when it is bound and not before, so that the bean itself may want the loop. Calls go
 * through the bean's proxy, if it has one, so that transactions and caches work.
 */
final class BeanMethodBody implements LoopBody {
    private static final MethodType BODY = MethodType.methodType(void.class, Iteration.class);

    private final BeanFactory beans;
    private final String beanName;
    private final Method method;

    /** The method, bound to its bean; null until it is bound. Binding twice gives the same. */
    private volatile @Nullable MethodHandle bound;

    BeanMethodBody(BeanFactory beans, String beanName, Method method) {
        this.beans = beans;
        this.beanName = beanName;
        this.method = method;
    }

    String beanName() {
        return beanName;
    }

    Method method() {
        return method;
    }

    /**
     * Looks the method up.
     *
     * @throws IllegalStateException if it cannot be called on the bean
     */
    MethodHandle bind() {
        MethodHandle handle = bound;
        if (handle == null) {
            Object bean = beans.getBean(beanName);
            Method callable = AopUtils.selectInvocableMethod(method, bean.getClass());
            requirePassedOn(bean, callable);
            try {
                MethodHandles.Lookup lookup =
                        MethodHandles.privateLookupIn(callable.getDeclaringClass(), MethodHandles.lookup());
                handle = lookup.unreflect(callable).bindTo(bean);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the method cannot be called: open its package to dev.vloop.spring", e);
            }
            if (callable.getParameterCount() == 0) {
                handle = MethodHandles.dropArguments(handle, 0, Iteration.class);
            }
            handle = handle.asType(BODY);
            bound = handle;
        }
        return handle;
    }

    /** What a proxy by subclass does not override would run on the proxy itself, all of whose fields are null. */
    private static void requirePassedOn(Object bean, Method callable) {
        if (!AopUtils.isCglibProxy(bean)) {
            return;
        }
        int modifiers = callable.getModifiers();
        if (Modifier.isFinal(modifiers)) {
            throw new IllegalStateException(
                    "the bean has a proxy, which cannot pass on calls of a final method: let it not be final (in Kotlin, open)");
        }
        boolean hidden = !Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers);
        if (hidden
                && !callable.getDeclaringClass()
                        .getPackageName()
                        .equals(bean.getClass().getPackageName())) {
            throw new IllegalStateException(
                    "the bean has a proxy in another package, which cannot pass on calls of this method: let it be public or"
                            + " protected");
        }
    }

    @Override
    public void run(Iteration iteration) throws Exception {
        try {
            bind().invokeExact(iteration);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
